package org.keywarden.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the type checker cannot see: words that no fact ever has, which would make a rule silently
 * never hold, and patterns that are not written out.
 */
final class ConditionCheck {
  /** Takes a problem at a code point of the expression. */
  interface Report {
    void problem(int offset, String message);
  }

  private static final int MAX_PATTERN = 512;
  private static final Set<String> COMPARISONS = Set.of("_==_", "_!=_");

  private final CelAbstractSyntaxTree ast;
  private final Report report;

  ConditionCheck(CelAbstractSyntaxTree ast, Report report) {
    this.ast = ast;
    this.report = report;
  }

  void check() {
    CelNavigableAst.fromAst(ast)
        .getRoot()
        .allNodes()
        .map(CelNavigableExpr::expr)
        .forEach(this::node);
  }

  private void node(CelExpr node) {
    if (node.getKind() == Kind.STRUCT || node.getKind() == Kind.MAP) {
      report(node, "only lists can be written out here");
    }
    if (node.getKind() != Kind.CALL) {
      return;
    }
    CelCall call = node.call();
    List<CelExpr> args = call.args();
    if (COMPARISONS.contains(call.function())) {
      words(args.get(0), args.get(1));
      words(args.get(1), args.get(0));
    } else if (call.function().equals("@in")) {
      words(args.get(1), args.get(0));
      words(args.get(0), args.get(1));
    } else if (call.function().equals("matches")) {
      pattern(args.getLast());
    }
  }

  /** Checks the text constants that a fact is compared with. */
  private void words(CelExpr fact, CelExpr constants) {
    Vocabulary.of(path(fact))
        .ifPresent(
            words -> {
              text(constants).ifPresent(word -> word(constants, word, words));
              if (constants.getKind() == Kind.LIST) {
                constants
                    .list()
                    .elements()
                    .forEach(each -> text(each).ifPresent(word -> word(each, word, words)));
              }
            });
  }

  private void word(CelExpr at, String word, Set<String> known) {
    if (!known.contains(word)) {
      report(at, "\"" + word + "\" is none of " + String.join(", ", known));
    }
  }

  private void pattern(CelExpr pattern) {
    Optional<String> text = text(pattern);
    if (text.isEmpty()) {
      report(pattern, "a pattern must be written out as text");
    } else if (text.get().length() > MAX_PATTERN) {
      report(pattern, "a pattern may have at most " + MAX_PATTERN + " characters");
    } else {
      Patterns.problem(text.get()).ifPresent(problem -> report(pattern, problem));
    }
  }

  private static Optional<String> text(CelExpr node) {
    return node.getKind() == Kind.CONSTANT
            && node.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? Optional.of(node.constant().stringValue())
        : Optional.empty();
  }

  /** {@code field.purpose}, or empty for what is not a fact. */
  private static String path(CelExpr node) {
    return node.getKind() == Kind.SELECT && node.select().operand().getKind() == Kind.IDENT
        ? node.select().operand().ident().name() + "." + node.select().field()
        : "";
  }

  private void report(CelExpr node, String message) {
    Integer offset = ast.getSource().getPositionsMap().get(node.id());
    report.problem(offset == null ? 0 : offset, message);
  }
}
