/** Approvals: one person's permission for one plan, and whether enough of them count. */
@NullMarked
package dev.comptroller.core.approval;

import org.jspecify.annotations.NullMarked;
