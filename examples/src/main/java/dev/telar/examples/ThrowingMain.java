package dev.telar.examples;

/// The `main` of an example.
@FunctionalInterface
public interface ThrowingMain {

  /// Runs the example; it prints on `System.out`.
  ///
  /// @throws Exception if the example fails, which is a defect of it
  void main() throws Exception;
}
