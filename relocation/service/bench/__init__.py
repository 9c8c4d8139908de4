"""The vetting workbench: a proposed place held against every siting check at once, where it would pass, alternatives compared; stored when asked."""
