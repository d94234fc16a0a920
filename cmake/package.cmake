# `cpack -G 'DEB;TGZ'` in the build directory makes the package and the archive of a release.
include(GNUInstallDirs)
install(PROGRAMS ${CMAKE_BINARY_DIR}/lifecycle-agent DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES LICENSE README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

# Man page and completions come out of the program itself, so that they cannot disagree with its flags.
install(CODE "
  set(shell_files \"bash:share/bash-completion/completions/lifecycle-agent\"
                  \"zsh:share/zsh/vendor-completions/_lifecycle-agent\"
                  \"fish:share/fish/vendor_completions.d/lifecycle-agent.fish\"
                  \"man:share/man/man1/lifecycle-agent.1\")
  foreach(pair IN LISTS shell_files)
    string(REPLACE \":\" \";\" parts \${pair})
    list(GET parts 0 form)
    list(GET parts 1 path)
    set(target \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/\${path}\")
    get_filename_component(folder \${target} DIRECTORY)
    file(MAKE_DIRECTORY \${folder})
    execute_process(COMMAND ${CMAKE_BINARY_DIR}/lifecycle-agent completion \${form} OUTPUT_FILE \${target}
                    COMMAND_ERROR_IS_FATAL ANY)
  endforeach()
")

set(CPACK_PACKAGE_NAME lifecycle-agent)
set(CPACK_PACKAGE_VERSION ${LA_VERSION})
set(CPACK_PACKAGE_VENDOR lifecycle-agent)
set(CPACK_PACKAGE_CONTACT "the maintainers of lifecycle-agent")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Runs the workflows of ops.yml that a lifecycle event starts, and reports insights")
set(CPACK_PACKAGE_FILE_NAME lifecycle-agent-${LA_VERSION}-linux-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Opened with dlopen: dpkg-shlibdeps cannot see it.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "bash, libcurl4")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "git, ca-certificates")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
include(CPack)
