package dev.telar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/// Classes that a user might have, compiled into a folder that is in no class path yet.
final class OwnClasses {

  private static final String CONSTRUCTOR_WITH_PARAMETER = "public Wanting(int x) {} ";
  private static final String CONSTRUCTOR_THAT_FAILS =
      "public Broken() { throw new IllegalStateException(\"no\"); } ";

  private static final Map<String, String> SOURCES =
      Map.of(
          "Work", task("", "return s.length() / (s.length() - 3);"),
          "Fatal", task("", "if (s.equals(\"die\")) Runtime.getRuntime().halt(9); return s;"),
          "Endless",
              task("", "new java.io.File(s).createNewFile(); Thread.sleep(600_000); return s;"),
          "Unequal", task("", "return new Object();"),
          "Loud", task("", "System.out.println(\"printed\"); return s;"),
          "Wanting", task(CONSTRUCTOR_WITH_PARAMETER, "return s;"),
          "Broken", task(CONSTRUCTOR_THAT_FAILS, "return s;"),
          "Plain", "{}",
          "Counter",
              """
              implements dev.telar.TaskFunction<Integer, Integer> {
                public Integer apply(Integer i) { return i; }
              }
              """);

  private OwnClasses() {}

  private static String task(String constructor, String body) {
    return """
    implements dev.telar.TaskFunction<String, Object> {
      %s
      public Object apply(String s) throws Exception { %s }
    }
    """
        .formatted(constructor, body);
  }

  static Path compile(Path folder) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("src/com/acme"));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    var arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", classes.toString()));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    for (Map.Entry<String, String> one : SOURCES.entrySet()) {
      Path file = sources.resolve(one.getKey() + ".java");
      Files.writeString(
          file, "package com.acme; public class " + one.getKey() + " " + one.getValue());
      arguments.add(file.toString());
    }
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException("the compiler said " + code);
    }
    return classes;
  }
}
