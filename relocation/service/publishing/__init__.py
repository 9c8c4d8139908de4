"""Public notices: lists for the wall, short messages, the use of funds, counts; and what hung against what the register says."""
