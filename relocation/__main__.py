"""`python -m relocation` is the same as `relocation`."""

from relocation.cli import main

if __name__ == "__main__":  # a spawned worker imports this file and must not start a second command
    main()
