package dev.telar;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The shape of the module: which package may know which.
class ArchitectureTest {

  private static final String INTERNALS = "dev.telar.internal..";

  private static final JavaClasses MODULE =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("dev.telar");

  @Test
  void noInternalPackagesFormACircle() {
    slices()
        .matching("dev.telar.internal.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(MODULE);
  }

  @Test
  void theApiReachesInternalsOnlyThroughEngines() {
    noClasses()
        .that()
        .resideOutsideOfPackage(INTERNALS)
        .should()
        .dependOnClassesThat(
            resideInAPackage(INTERNALS).and(not(name("dev.telar.internal.Engines"))))
        .check(MODULE);
  }

  @Test
  void noExportedSignatureMentionsAnInternalType() {
    classes()
        .that()
        .resideOutsideOfPackage(INTERNALS)
        .should(mentionOnlyExportedTypes())
        .check(MODULE);
  }

  private static ArchCondition<JavaClass> mentionOnlyExportedTypes() {
    return new ArchCondition<>("mention only exported types in public and protected signatures") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!visibleWithItsOwners(type)) {
          return;
        }
        signatures(type)
            .flatMap(signature -> signature.getAllInvolvedRawTypes().stream())
            .filter(mentioned -> mentioned.getPackageName().startsWith("dev.telar.internal"))
            .distinct()
            .forEach(
                internal ->
                    events.add(
                        SimpleConditionEvent.violated(
                            type, type.getName() + " exposes " + internal.getName())));
      }
    };
  }

  private static Stream<JavaType> signatures(JavaClass type) {
    Stream<JavaType> supertypes =
        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    Stream<JavaType> bounds =
        type.getTypeParameters().stream().flatMap(parameter -> parameter.getUpperBounds().stream());
    Stream<JavaType> fields =
        type.getFields().stream().filter(ArchitectureTest::visible).map(JavaField::getType);
    Stream<JavaType> methods =
        type.getCodeUnits().stream()
            .filter(ArchitectureTest::visible)
            .flatMap(ArchitectureTest::signature);
    return Stream.of(supertypes, bounds, fields, methods).flatMap(types -> types);
  }

  private static Stream<JavaType> signature(JavaCodeUnit method) {
    Stream<JavaType> bounds =
        method.getTypeParameters().stream()
            .flatMap(parameter -> parameter.getUpperBounds().stream());
    return Stream.of(
            Stream.of(method.getReturnType()),
            method.getParameterTypes().stream(),
            method.getExceptionTypes().stream(),
            bounds)
        .flatMap(types -> types);
  }

  private static boolean visibleWithItsOwners(JavaClass type) {
    return visible(type)
        && type.getEnclosingClass().map(ArchitectureTest::visibleWithItsOwners).orElse(true);
  }

  private static boolean visible(HasModifiers element) {
    return element.getModifiers().contains(JavaModifier.PUBLIC)
        || element.getModifiers().contains(JavaModifier.PROTECTED);
  }
}
