package dev.telar.examples.documents;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.sax.BodyContentHandler;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/// What is kept of a document.
///
/// @param type its media type, as the parser sees it
/// @param characters the length of its text
public record Extract(@Nullable String type, int characters) implements Serializable {

  private static final int NO_LIMIT = -1;

  /// Parses a document.
  ///
  /// @param parser the parser, which is dear to make
  /// @param file the document
  /// @return what there is in it
  /// @throws IOException if it cannot be read
  /// @throws TikaException if the parser cannot make sense of it, or refuses it
  /// @throws SAXException if its text cannot be handed on
  public static Extract of(AutoDetectParser parser, Path file)
      throws IOException, TikaException, SAXException {
    var text = new BodyContentHandler(NO_LIMIT);
    var metadata = new Metadata();
    try (TikaInputStream in = TikaInputStream.get(file)) {
      parser.parse(in, text, metadata, new ParseContext());
    }
    return new Extract(metadata.get(Metadata.CONTENT_TYPE), text.toString().length());
  }
}
