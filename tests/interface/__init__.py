"""The interface kit: components, forms, headers, weight and accessibility."""
