package bsl.ingest;

import java.io.IOException;

/** Goes through the records of a file, and past those that are malformed. */
interface RecordReader {
  /** What {@link #next} has found. */
  enum Found {
    /** A record. */
    RECORD,
    /** A record that cannot be read; the next call goes on behind it. */
    MALFORMED,
    /** No more records. */
    END
  }

  /** Goes to the next record. */
  Found next() throws IOException;

  /** The fields of the record, until the next call of {@link #next}. */
  Fields fields();

  /** What is wrong with a malformed record, with the value. */
  String problem();

  /** Line in which the record begins, from 1. */
  long line();
}
