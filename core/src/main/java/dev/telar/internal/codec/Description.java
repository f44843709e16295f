package dev.telar.internal.codec;

/// What a number of a [ClassDictionary] stands for, as text: it keeps no class alive.
sealed interface Description permits ClassShape, LambdaShape {

  /// Writes everything.
  void write(Output out);
}
