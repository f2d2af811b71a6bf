"""A language model words the answer; what it writes is proven sentence by sentence before anybody sees it."""
