package dev.comptroller.core.derivation;

import dev.comptroller.core.policy.Finding;

/** The object is not what its owner stands for; the finding names the first difference. */
public record NotDerived(Finding finding) implements DerivationVerdict {}
