"""The interface kit: components, forms, headers, weight and accessibility."""

from pathlib import Path

HERE = Path(__file__).parent
