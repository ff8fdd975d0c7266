/** A Helm chart installed as it is rendered, its Deployments run as local processes. */
@NullMarked
package dev.comptroller.testkit.install;

import org.jspecify.annotations.NullMarked;
