package dev.telar.internal.system;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The class path and module path of a child: ours, as absolute paths, with additions.
///
/// Where Telar runs as a named module of the boot layer, the child starts it as one; else a jar of
/// Telar's own comes first on the class path, so that an [AotCache] made with it alone fits.
///
/// @param access what may call native code: without it, a worker that waits for other processes by
///   a futex would print warnings
/// @param options the paths; the last ones name the main class
/// @param own the jar or folder of Telar's own, if it is first on the class path of a child without
///   a module path, and will be there the next time
record ClassLocations(String access, List<String> options, @Nullable Path own) {

  static ClassLocations of(
      RuntimeDirectory directory, String mainClass, List<Path> classPath, List<Path> modulePath)
      throws IOException {
    Module telar = ClassLocations.class.getModule();
    boolean named = telar.isNamed() && telar.getLayer() == ModuleLayer.boot();
    List<String> options = new ArrayList<>();
    List<Path> modules = new ArrayList<>(split(System.getProperty("jdk.module.path", "")));
    modules.addAll(absolute(modulePath));
    if (!modules.isEmpty()) {
      options.add("--module-path");
      options.add(join(modules));
      Set<String> roots = rootModules();
      ModuleFinder.of(modulePath.toArray(Path[]::new))
          .findAll()
          .forEach(module -> roots.add(module.descriptor().name()));
      if (!roots.isEmpty()) {
        options.add("--add-modules");
        options.add(String.join(",", roots));
      }
    }

    List<Path> classes = parentClassPath();
    Path own = null;
    if (!named) {
      Path found = TelarClasses.location(directory, mainClass);
      if (Files.isRegularFile(found)) {
        classes.removeIf(entry -> isSame(entry, found));
      }
      if (classes.stream().noneMatch(entry -> isSame(entry, found))) {
        classes.addFirst(found);
      }
      boolean lasting = modules.isEmpty() && !found.startsWith(directory.path());
      own = lasting && classes.getFirst().equals(found) ? found : null;
    }
    classes.addAll(absolute(classPath));
    if (!classes.isEmpty()) {
      options.add("-cp");
      options.add(join(classes));
    }
    if (named) {
      options.add("-m");
      options.add(telar.getName() + "/" + mainClass);
    } else {
      options.add(mainClass);
    }
    String access = "--enable-native-access=" + (named ? telar.getName() : "ALL-UNNAMED");
    return new ClassLocations(access, options, own);
  }

  /// Names of the modules of our boot layer that are not the JDK's own.
  private static Set<String> rootModules() {
    return ModuleLayer.boot().configuration().modules().stream()
        .map(ResolvedModule::reference)
        .filter(module -> module.location().filter(at -> !"jrt".equals(at.getScheme())).isPresent())
        .map(module -> module.descriptor().name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Path> parentClassPath() {
    String classPath = System.getProperty("java.class.path", "");
    if (classPath.isEmpty() && System.getProperty("jdk.module.main") != null) {
      return new ArrayList<>(); // else an empty class path means the working directory
    }
    List<Path> entries = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      entries.add(Path.of(entry).toAbsolutePath());
    }
    return entries;
  }

  private static List<Path> split(String path) {
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath())
        .toList();
  }

  private static List<Path> absolute(List<Path> paths) {
    return paths.stream().map(Path::toAbsolutePath).toList();
  }

  private static String join(List<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return one.normalize().equals(other.normalize())
          || (one.getFileName() != null
              && one.getFileName().equals(other.getFileName())
              && Files.isSameFile(one, other));
    } catch (IOException absent) {
      return false;
    }
  }
}
