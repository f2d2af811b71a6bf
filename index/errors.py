"""Every error the program raises on purpose. Each message says what is wrong and what to do.

PolicyDeskError
├── ConfigError            a setting has no usable value
├── PolicyError            a policy folder or document cannot be used
│   ├── PolicyFormatError      policy.yaml is missing, broken, or has unknown or wrong fields
│   ├── EncodingError          a text is in no encoding we can read
│   └── NoSuchPolicyError      no policy of that id
├── IndexStoreError        the store cannot be read or written
│   └── IndexMissingError      nothing has been built yet
├── EmbedderError          the embedding model cannot be unpacked or loaded
├── RuleError              rules as data are wrong
│   ├── RuleFormatError        the YAML does not fit the schema
│   ├── QuoteNotFoundError     a quotation does not stand in its article
│   ├── FigureNotQuotedError   a figure does not stand in its quotation
│   └── NoSuchRuleError        no rule of that id
├── FactError              facts about a company cannot be used
│   ├── UnknownFactError       no rule knows a fact of that name
│   └── FactValueError         negative, absurd, contradictory, or of the wrong unit
├── ModelError             a language model gave nothing that can be used: unreachable, too slow, endless, empty
├── InputFileError         a file given on the command line cannot be read or written
└── QuestionError          the question itself cannot be answered: empty, far too long
"""


class PolicyDeskError(Exception):
    """Root of all errors raised on purpose; its text is fit to be shown to a user."""


class ConfigError(PolicyDeskError):
    """A setting has no usable value."""


class PolicyError(PolicyDeskError):
    """A policy folder or document cannot be used."""


class PolicyFormatError(PolicyError):
    """policy.yaml is missing, broken, or has unknown or wrong fields."""


class EncodingError(PolicyError):
    """A text is in no encoding we can read."""


class NoSuchPolicyError(PolicyError):
    """No policy of that id."""


class IndexStoreError(PolicyDeskError):
    """The store cannot be read or written."""


class IndexMissingError(IndexStoreError):
    """Nothing has been built yet."""


class EmbedderError(PolicyDeskError):
    """The embedding model cannot be unpacked or loaded."""


class RuleError(PolicyDeskError):
    """Rules as data are wrong."""


class RuleFormatError(RuleError):
    """The YAML does not fit the schema."""


class QuoteNotFoundError(RuleError):
    """A quotation does not stand in its article."""


class FigureNotQuotedError(RuleError):
    """A figure does not stand in its quotation."""


class NoSuchRuleError(RuleError):
    """No rule of that id."""


class FactError(PolicyDeskError):
    """Facts about a company cannot be used."""


class UnknownFactError(FactError):
    """No rule knows a fact of that name."""


class FactValueError(FactError):
    """A fact is negative, absurd, contradictory, or of the wrong unit."""


class ModelError(PolicyDeskError):
    """A language model gave nothing that can be used."""


class InputFileError(PolicyDeskError):
    """A file given on the command line cannot be read or written."""


class QuestionError(PolicyDeskError):
    """The question itself cannot be answered: empty, or far too long."""
