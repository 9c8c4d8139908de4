"""Makes the ledgers and layers of the made-up county in data/demo: `python -m tests.data.demo_county [FOLDER]`.

The output is committed, because people open it, and made again by a test, because nobody should have to edit it by hand.
One seed decides everything; no clock, no network, nothing about a real person.
"""
