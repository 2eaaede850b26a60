package io.argos.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component that is no key: the loader fills a string with the place of the mapping, such
 * as {@code argos.yaml:12}, and a map with those of the keys in it, for messages of those who check
 * it later.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Place {}
