package dev.comptroller.core.derivation;

/** Whether an object is what its controller makes of its owner. */
public sealed interface DerivationVerdict permits Derived, NotDerived {}
