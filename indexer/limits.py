"""The bounds on what is read, so that one hostile or broken file cannot take the machine with it.

Past a bound there is a `Problem` of kind `OVER_LIMIT`, and the work goes on. Every bound can be set; the values here
are the defaults.
"""

from indexer.first_use import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a submission is read. Sizes are in bytes.

    EDGAR's largest submissions are 400 MB (Public Dissemination Service specification, 2020) and hold some
    hundreds of documents; headers with 399 FILER blocks have been seen.
    """

    submission_bytes: int = 1 << 30
    """One submission file, or one member of an archive, after decompression."""
    compression_ratio: int = 250
    """Bytes out of a file of the corpus for each byte of it on disk that was read, after the first 16 MiB; gzip cannot
    go above 1,032."""
    archive_members: int = 500_000
    """Members of an archive; a zip file's directory takes 500 bytes of memory for each."""
    file_seconds: float = 600.0
    """Processor time that one file of the corpus may take, and as much again for each 64 MiB of it."""
    submission_seconds: float = 600.0
    """Processor time that one submission may take; documents that are not read by then are left out."""
    header_bytes: int = 4 << 20
    """Of a header that are read."""
    parties: int = 10_000
    """Filers, owners and other parties of a submission."""
    documents: int = 20_000
    """Of a submission."""
    document_bytes: int = 64 << 20
    """Of one document that are read as text."""
    document_seconds: float = 120.0
    """Processor time that reading one document may take, with its sections, or finding the documents of a submission;
    past it there is no text, or no sections where the text was read. Twenty times as much time may pass."""
    pdf_seconds: float = 60.0
    """Processor time that reading a PDF may take; the pages read by then are kept."""
    pdf_memory: int = 1 << 30
    """Address space of the process that reads a PDF, where the system can bound it."""


DEFAULT_LIMITS = Limits()

MEMORY = 400 << 20
"""Bytes that a process takes while it reads, about, whatever the size of the corpus. A submission is read whole, and
one of hundreds of megabytes takes about four times its size."""
