"""Measure the assistant from outside: cases, benchmarks, reports."""
