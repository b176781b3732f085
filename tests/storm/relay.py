"""The relay in a loop, as beat would have it run, with a short wait before a job is rung for again."""

import time

import django

RESEND_AFTER = 2.0


def main() -> None:
    django.setup()
    from sharing_agreements.actions.owing import relay

    while True:
        if not relay(resend_after=RESEND_AFTER):
            time.sleep(0.2)


if __name__ == "__main__":
    main()
