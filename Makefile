# Every target is one call of bootstrap.py, so that Windows without make has the same commands: py bootstrap.py demo
PYTHON ?= python3
ARGS ?=

.PHONY: demo serve test check bench accuracy torture setup clean
demo serve test check bench accuracy torture setup clean:
	@$(PYTHON) bootstrap.py $@ $(ARGS)
