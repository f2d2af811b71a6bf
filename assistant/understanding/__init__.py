"""What a person means: places, topic, facts with units, and the kind of question."""
