package io.argos.profile;

import io.argos.profile.format.Place;

/**
 * One rule of a profile beside one device.
 *
 * @param profile name of the profile
 * @param place where the rule stands
 * @param holds whether all of it holds; the counts are zero where it does not
 * @param labels count of labels that hold, which counts most
 * @param arcs arcs of the sysObjectID prefix that holds
 * @param sysDescr 1 when a pattern was found in sysDescr
 * @param attributes count of class, subclass and type that hold
 * @param reason what holds, for a reader; empty where the rule does not
 */
public record RuleFit(
    String profile,
    Place place,
    boolean holds,
    int labels,
    int arcs,
    int sysDescr,
    int attributes,
    String reason) {}
