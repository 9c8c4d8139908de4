"""Programs that measure the house against peers doing the same work in the same run; they are not tests."""
