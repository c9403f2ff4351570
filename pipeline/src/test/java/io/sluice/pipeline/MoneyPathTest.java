package io.sluice.pipeline;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.util.Printer;

/**
 * No floating-point number anywhere between a price file and what is stored of a cost: not in a
 * field, a signature or a call, and not in the middle of an expression.
 */
class MoneyPathTest {
    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.sluice.contract", "io.sluice.sinks", "io.sluice.pipeline");

    /**
     * The metric store writes what CloudWatch takes, which is no ledger; the others read numbers of
     * prompts and give a hash map its load factor.
     */
    private static final String NOT_MONEY =
            ".*\\.(CloudWatchMetricStore|SdkJson|TenantCores)(\\$.*)?";

    @Test
    void nothingIsAFloatingPointNumber() {
        classes().that(not(nameMatching(NOT_MONEY))).should(new UseNoFloatingPoint()).check(MAIN);
    }

    @Test
    void onesInTheMiddleOfAnExpressionAreFound() {
        JavaClass rounding = new ClassFileImporter().importClass(Rounding.class);
        assertThat(UseNoFloatingPoint.uses(rounding)).contains("cost: dmul", "cost: d2l");
        JavaClass holding = new ClassFileImporter().importClass(Holding.class);
        assertThat(UseNoFloatingPoint.uses(holding)).containsExactly("usd");
    }

    @SuppressWarnings("UnusedMethod")
    private static final class Rounding {
        static long cost(long tokens) {
            return (long) (tokens * 0.000035);
        }
    }

    @SuppressWarnings("UnusedVariable")
    private static final class Holding {
        Float usd;
    }

    /** Looks at every instruction. */
    private static final class UseNoFloatingPoint extends ArchCondition<JavaClass> {
        UseNoFloatingPoint() {
            super("use no floating-point number");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            for (String use : uses(type)) {
                events.add(SimpleConditionEvent.violated(type, type.getName() + ": " + use));
            }
        }

        static Set<String> uses(JavaClass type) {
            Finder finder = new Finder();
            try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
                new ClassReader(in).accept(finder, ClassReader.SKIP_DEBUG);
            } catch (IOException e) {
                throw new UncheckedIOException(type.getName() + " cannot be read", e);
            }
            return finder.uses;
        }
    }

    private static final class Finder extends ClassVisitor {
        private final TreeSet<String> uses = new TreeSet<>();

        Finder() {
            super(Opcodes.ASM9);
        }

        @Override
        public FieldVisitor visitField(
                int access, String name, String descriptor, String signature, Object value) {
            note(name, descriptor);
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            note(name, descriptor);
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitInsn(int opcode) {
                    String word = Printer.OPCODES[opcode];
                    if (word.matches(
                            "([DF](ADD|SUB|MUL|DIV|REM|NEG|RETURN|CMP.|CONST.*|2.))|.2[DF]")) {
                        uses.add(name + ": " + word.toLowerCase(Locale.ROOT));
                    }
                }

                @Override
                public void visitLdcInsn(Object value) {
                    if (value instanceof Double || value instanceof Float) {
                        uses.add(name + ": " + value);
                    }
                }

                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String called, String called2, boolean itf) {
                    note(name + ": " + called, called2);
                }

                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String type) {
                    note(name + ": " + field, type);
                }
            };
        }

        private void note(String what, String descriptor) {
            Type type = Type.getType(descriptor);
            boolean method = type.getSort() == Type.METHOD;
            boolean found = isFloating(method ? type.getReturnType() : type);
            for (Type argument : method ? type.getArgumentTypes() : new Type[0]) {
                found |= isFloating(argument);
            }
            if (found) {
                uses.add(what);
            }
        }

        private static boolean isFloating(Type type) {
            Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
            return element.getSort() == Type.DOUBLE
                    || element.getSort() == Type.FLOAT
                    || element.getClassName().equals("java.lang.Double")
                    || element.getClassName().equals("java.lang.Float");
        }
    }
}
