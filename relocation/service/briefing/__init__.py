"""The leader's brief: one page of questions with figures, what changed, what to decide, and what it rests on."""
