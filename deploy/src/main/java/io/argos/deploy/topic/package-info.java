/** Topics as the command line sees them: made, compared with the table, read and shown. */
@NullMarked
package io.argos.deploy.topic;

import org.jspecify.annotations.NullMarked;
