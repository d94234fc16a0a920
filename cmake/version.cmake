# The version: `git describe` in a checkout, the file VERSION in a source archive. Written to one generated
# .cc, not a header, so that a new commit recompiles one file.
file(STRINGS ${PROJECT_SOURCE_DIR}/VERSION LA_VERSION LIMIT_COUNT 1)
find_package(Git QUIET)
if(GIT_FOUND AND EXISTS ${PROJECT_SOURCE_DIR}/.git)
  execute_process(COMMAND ${GIT_EXECUTABLE} -c safe.directory=${PROJECT_SOURCE_DIR} rev-parse --short=12 HEAD
                  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE LA_COMMIT
                  OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(NOT LA_COMMIT)
  set(LA_COMMIT "unknown")
endif()
