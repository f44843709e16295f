package dev.telar.cli.own;

import dev.telar.TaskFunction;
import dev.telar.cli.work.InputException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The class that `--task` names: found, and checked for what a task has to be. It is not
/// initialized before the first instance is made.
///
/// @param type the class
record TaskClass(Class<?> type) {

  /// Finds the class, in this JVM's class path or the given one.
  ///
  /// @throws InputException if there is none, or it is no task
  static TaskClass find(String name, List<Path> classPath) throws InputException {
    URL[] urls = urls(classPath);
    // Closed again, for in the JVM that runs the task the class is in its own class path.
    try (var loader = new URLClassLoader(urls, TaskClass.class.getClassLoader())) {
      var found = new TaskClass(Class.forName(name, false, loader));
      found.check();
      return found;
    } catch (ClassNotFoundException e) {
      throw new InputException(
          "no class "
              + name
              + " in the class path; give its full name, and its jar or folder with"
              + " --class-path");
    } catch (LinkageError e) {
      throw new InputException("cannot load " + name + ": " + e);
    } catch (InputException e) {
      throw e;
    } catch (IOException e) {
      throw new InputException("the class path", e);
    }
  }

  private static URL[] urls(List<Path> classPath) {
    return classPath.stream()
        .map(
            path -> {
              try {
                return path.toUri().toURL();
              } catch (MalformedURLException e) {
                throw new IllegalArgumentException(e);
              }
            })
        .toArray(URL[]::new);
  }

  private void check() throws InputException {
    String name = type.getName();
    if (!TaskFunction.class.isAssignableFrom(type)) {
      throw new InputException(
          name + " is no task; it has to implement dev.telar.TaskFunction<String, ...>");
    }
    if (!Modifier.isPublic(type.getModifiers()) || Modifier.isAbstract(type.getModifiers())) {
      throw new InputException(name + " has to be a public class that is not abstract");
    }
    if (Arrays.stream(type.getConstructors()).noneMatch(it -> it.getParameterCount() == 0)) {
      throw new InputException(name + " needs a public constructor without parameters");
    }
    List<Class<?>> taken =
        Arrays.stream(type.getMethods())
            .filter(method -> method.getName().equals("apply") && !method.isBridge())
            .filter(method -> method.getParameterCount() == 1)
            .<Class<?>>map(TaskClass::parameter)
            .toList();
    if (!taken.isEmpty() && taken.stream().noneMatch(it -> it.isAssignableFrom(String.class))) {
      throw new InputException(
          name
              + " takes "
              + taken.getFirst().getName()
              + "; items are lines, so it has to be a"
              + " TaskFunction<String, ...>");
    }
  }

  private static Class<?> parameter(Method method) {
    return method.getParameterTypes()[0];
  }

  /// Makes the task.
  ///
  /// @throws InputException if its constructor fails
  @SuppressWarnings("unchecked") // what it takes was checked; what it gives is only printed
  TaskFunction<String, Object> newTask() throws InputException {
    try {
      return (TaskFunction<String, Object>) type.getConstructor().newInstance();
    } catch (InvocationTargetException | ExceptionInInitializerError e) {
      throw new InputException("cannot make a " + type.getName() + ": " + e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new InputException("cannot make a " + type.getName() + ": " + e);
    }
  }
}
