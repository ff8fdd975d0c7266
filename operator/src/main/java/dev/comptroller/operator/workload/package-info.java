/** What reconciling is for every kind of workload. */
@NullMarked
package dev.comptroller.operator.workload;

import org.jspecify.annotations.NullMarked;
