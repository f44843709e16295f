package dev.telar.internal.codec;

/// The first byte of every value.
///
/// ```text
/// NULL │ TRUE │ FALSE
/// BYTE v │ SHORT vv │ CHAR vv │ INT vvvv │ LONG 8×v │ FLOAT vvvv │ DOUBLE 8×v     big endian
/// STRING   size·2+wide, characters              one byte each, or two if wide (little endian)
/// x_ARRAY  size, elements                       little endian, a straight copy on common machines
/// VALUES   component tag, size, values          String[], Integer[], Long[], Double[]
/// x_LIST   size, values                         a list of only values like the above
/// BULK     form, bytes, segment, loan           a large array beside the message: see BulkForm
/// OBJECT   length (4 bytes), serialized body    see ObjectWriter
/// LAMBDA   length (4 bytes), body          see LambdaWriter; only where readers have a table
/// RECORD   size, description, components        see RecordForm; only where readers have no table
/// ```
///
/// All but the last three are *plain*: reading them runs no code but ours and the JDK's.
final class Tags {
  static final int NULL = 0;
  static final int TRUE = 1;
  static final int FALSE = 2;
  static final int BYTE = 3;
  static final int SHORT = 4;
  static final int CHAR = 5;
  static final int INT = 6;
  static final int LONG = 7;
  static final int FLOAT = 8;
  static final int DOUBLE = 9;
  static final int STRING = 10;
  static final int BOOLEAN_ARRAY = 11;
  static final int BYTE_ARRAY = 12;
  static final int SHORT_ARRAY = 13;
  static final int CHAR_ARRAY = 14;
  static final int INT_ARRAY = 15;
  static final int LONG_ARRAY = 16;
  static final int FLOAT_ARRAY = 17;
  static final int DOUBLE_ARRAY = 18;
  static final int VALUES = 19;
  static final int ARRAY_LIST = 20;
  static final int LIST_OF = 21;
  static final int STREAM_LIST = 22;
  static final int BULK = 23;
  static final int LAST_PLAIN = BULK;
  static final int OBJECT = 64;
  static final int RECORD = 65;
  static final int LAMBDA = 66;

  private Tags() {}
}
