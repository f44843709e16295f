package dev.telar.cli.words;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Some entries of a zip, in the order of its directory.
///
/// @param path the zip
/// @param from the index of the first entry
/// @param to the index behind the last one
/// @param bytes how long they are together when unpacked
record ZipEntries(String path, int from, int to, long bytes) implements Piece {

  /// An open zip and its directory.
  record Archive(ZipFile file, List<? extends ZipEntry> entries) {}

  // Reading the directory of a big zip takes tens of milliseconds, so each JVM does it once. There
  // are as many as were named on the command line; they are closed when the JVM ends.
  private static final ConcurrentHashMap<String, Archive> OPEN = new ConcurrentHashMap<>();

  /// All entries of a zip.
  static ZipEntries all(String path) throws IOException {
    return range(path, 0, open(path).entries().size());
  }

  /// The entries whose names begin in some way, as few ranges as there can be.
  static List<ZipEntries> matching(String path, String prefix) throws IOException {
    List<? extends ZipEntry> entries = open(path).entries();
    var ranges = new ArrayList<ZipEntries>();
    int first = 0;
    for (int i = 0; i <= entries.size(); i++) {
      if (i == entries.size() || !entries.get(i).getName().startsWith(prefix)) {
        if (i > first) {
          ranges.add(range(path, first, i));
        }
        first = i + 1;
      }
    }
    return ranges;
  }

  private static ZipEntries range(String path, int from, int to) throws IOException {
    List<? extends ZipEntry> entries = open(path).entries().subList(from, to);
    return new ZipEntries(path, from, to, entries.stream().mapToLong(ZipEntries::size).sum());
  }

  /// Unknown sizes (-1) count as nothing.
  private static long size(ZipEntry entry) {
    return Math.max(0, entry.getSize());
  }

  /// Opens a zip, or gives the one that this JVM has open already.
  static Archive open(String path) throws IOException {
    try {
      return OPEN.computeIfAbsent(path, ZipEntries::read);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Archive read(String path) {
    try {
      var file = new ZipFile(new File(path));
      return new Archive(file, file.stream().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<ZipEntries> split(long limit) throws IOException {
    List<? extends ZipEntry> entries = open(path).entries();
    var parts = new ArrayList<ZipEntries>();
    int first = from;
    long sum = 0;
    for (int i = from; i < to; i++) {
      long size = size(entries.get(i));
      if (i > first && sum + size > limit) {
        parts.add(new ZipEntries(path, first, i, sum));
        first = i;
        sum = 0;
      }
      sum += size;
    }
    parts.add(new ZipEntries(path, first, to, sum));
    return parts;
  }

  @Override
  public void count(TextCounter counter) throws IOException {
    Archive archive = open(path);
    for (ZipEntry entry : archive.entries().subList(from, to)) {
      if (!entry.isDirectory()) {
        try (InputStream in = archive.file().getInputStream(entry)) {
          counter.count(in);
        }
      }
    }
  }
}
