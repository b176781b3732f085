"""Made-up names, streets and words. No real person."""

GIRLS = """
    Aisha Bella Chloe Daisy Ella Freya Grace Hollie Imogen Jess Kacey Layla Maisie Nadia Orla Poppy
    Rosie Sana Tilly Zara Amelie Bonnie Eira Mina Ruby Skye Wren Yasmin
""".split()
BOYS = """
    Aaron Ben Callum Dylan Ethan Finn George Harry Isaac Jayden Kai Liam Mason Noah Oscar Riley Sami
    Theo Tyler Zak Amir Bobby Cody Eli Jude Kian Leo Rhys
""".split()
WOMEN = """
    Abigail Becky Carla Donna Emma Faith Gemma Hayley Jade Kelly Leanne Mandy Natalie Paula Rachel Sarah
    Tanya Wendy Farah Agnieszka
""".split()
MEN = """
    Adam Barry Craig Darren Gary Ian Jamie Kevin Lee Mark Neil Paul Ryan Shaun Tony Wayne Tariq Piotr
    Dean Scott
""".split()
SURNAMES = """
    Ashdown Barlow Cartwright Dobson Ellery Fenn Garside Hartley Ibbotson Jagger Kershaw Lumley Maddox
    Naylor Ormond Pickles Quigley Redfern Sugden Thackray Underhill Varley Wadsworth Yates Ahmed Begum
    Kowalska Okafor Patel Singh Ferreira Popescu
""".split()
STREETS = (
    "Alder Lane",
    "Bobbin Street",
    "Chapel Rise",
    "Dyehouse Yard",
    "Elm Terrace",
    "Fuller's Row",
    "Garnet Close",
    "Heckler Street",
    "Ings Road",
    "Jenny Lane",
    "Kiln Bank",
    "Loom Court",
    "Millstone Way",
    "Nab End",
    "Overdale",
    "Penny Croft",
    "Quarry Hill",
    "Ropewalk",
    "Shuttle Street",
    "Tenter Fields",
)
TOWNS = ("Marlbeck", "Fenwater", "Oak Green", "Bridge End")

SAW = {
    "domestic_abuse": (
        "Called to shouting at the address. Mother had a red mark on her arm and said it was nothing. The "
        "children were upstairs and had heard it."
    ),
    "neglect": (
        "The kitchen had no food but a loaf and milk. The children's clothes were thin for the weather and "
        "the beds had no sheets."
    ),
    "physical": ("A bruise on the upper arm about the size of a thumb. The account of how it happened changed twice."),
    "emotional": "The child is called names by the adults at home and asked not to be sent back early.",
    "sexual": "The child spoke of things no child of this age should know about.",
    "exploitation": "New phone and trainers that nobody can explain, and an older friend who waits in a car.",
    "missing": "Reported missing at eleven at night, found the next morning at a friend's house across town.",
    "behaviour": "Throwing stones at cars with two older boys. Polite when spoken to. Nobody at home.",
    "child_mind": "The child says they do not sleep and sees no point in things. Scratches on the forearm.",
    "parent_mind": "Mother has not left the house for three weeks. The oldest child does the shopping.",
    "parent_substances": "Father could not stand. Cans in every room. The youngest was in a wet nappy.",
    "education": "Attendance is under seventy per cent this term and nobody answers the telephone.",
    "home_money": "The electricity is off and the rent is four months behind. Notice has been served.",
    "unborn": "Twenty weeks pregnant, booked late, living with a partner who does not let her come alone.",
}
STRENGTHS = (
    "Mother asked for help herself.",
    "Grandmother lives close by and comes every day.",
    "The children are proud of each other.",
    "Gets to school every morning even so.",
    "",
    "",
)
WORDS = (
    "I want it to be quiet at night.",
    "I like it at Nan's.",
    "Mum cries and I make tea.",
    "He shouts and then he is sorry.",
    "I don't want to move again.",
    "",
    "",
    "",
)
NEEDS = {
    "education": ("Getting to school every day", "Attendance over 92 per cent for a term"),
    "health": ("Mother's low mood", "Mother has seen her doctor and says most days are all right"),
    "relationships": ("Arguments that the children hear", "Two weeks without the children hearing a row"),
    "housing": ("Rent arrears and a damp bedroom", "A payment plan is kept and the damp is treated"),
    "money": ("No money in the second half of the month", "Benefits are right and the cupboard is not empty"),
    "crime": ("Out late with older boys", "Home by eight on school nights"),
    "substances": ("Father's drinking", "Father keeps his appointments for three months"),
    "domestic_abuse": ("Feeling safe at home", "A safety plan everybody knows"),
    "early_years": ("Nursery and play for the youngest", "Fifteen hours of nursery taken up"),
    "safe_from_harm": ("Who looks after the children", "Only agreed adults look after the children"),
}
TASKS = (
    "Ring the school every Friday about the week",
    "Go with mother to the first appointment",
    "Refer to the parenting group",
    "Ask housing to inspect the bedroom",
    "Check the benefit claim with the family",
    "Meet the child at school, alone",
    "Arrange a nursery place",
    "Agree who collects the children",
)
NOTES = (
    "Home visit. The house was warm and tidy; the plan is on the fridge.",
    "Seen at school. Talked about the weekend at Nan's.",
    "Telephone call with mother: a better week.",
    "Tried to ring twice, no answer. Message left.",
    "Talked with the class teacher about mornings.",
)
