package dev.telar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/// Classes that a user might have, compiled into a folder that is in no class path yet.
final class OwnClasses {

  private static final String IMPLEMENTS = " implements dev.telar.TaskFunction<String, Object> {";
  private static final String APPLY = " public Object apply(String s) throws Exception {";

  private OwnClasses() {}

  static Path compile(Path folder) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("src/com/acme"));
    var files = new ArrayList<String>();
    for (String[] one :
        List.of(
            new String[] {"Work", IMPLEMENTS + APPLY + " return s.length() / (s.length() - 3); }}"},
            new String[] {
              "Fatal",
              IMPLEMENTS
                  + APPLY
                  + " if (s.equals(\"die\"))"
                  + " Runtime.getRuntime().halt(9); return s; }}"
            },
            new String[] {"Endless", IMPLEMENTS + APPLY + " Thread.sleep(600_000); return s; }}"},
            new String[] {"Unequal", IMPLEMENTS + APPLY + " return new Object(); }}"},
            new String[] {"Plain", " {}"},
            new String[] {
              "Wanting", IMPLEMENTS + " public Wanting(int x) {}" + APPLY + " return s; }}"
            },
            new String[] {
              "Counter",
              " implements dev.telar.TaskFunction<Integer, Integer> {"
                  + " public Integer apply(Integer i) { return i; }}"
            },
            new String[] {
              "Broken",
              IMPLEMENTS
                  + " public Broken() { throw new"
                  + " IllegalStateException(\"no\"); }"
                  + APPLY
                  + " return s; }}"
            })) {
      Path file = sources.resolve(one[0] + ".java");
      Files.writeString(file, "package com.acme; public class " + one[0] + one[1]);
      files.add(file.toString());
    }
    Path classes = Files.createDirectories(folder.resolve("classes"));
    var arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", classes.toString()));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    arguments.addAll(files);
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException("the compiler said " + code);
    }
    return classes;
  }
}
