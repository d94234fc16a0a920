# A folder is a library target, and its USES line is the rule of who may include whom:
#
#   la_folder(SOURCES parse.cc … USES agent/event … LIBS la::yaml … [ASIO])
#
# Configuring writes every line to layers.txt; tests/include_rule_test compares it with the tree's
# #include lines. ASIO: the folder's files see Asio or Process. These, and folders that see JSON, share one
# precompiled header, whose parse is most of what such a file costs.
file(WRITE ${CMAKE_BINARY_DIR}/layers.txt "")

set(LA_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Werror)

# The heavier checks compile each folder as one file (CMAKE_UNITY_BUILD): most of a file's cost is its headers. There a
# local name may hide one of another file, and a private class of a .cc may look as if it came from a header.
if(CMAKE_UNITY_BUILD)
  list(APPEND LA_WARNINGS -Wno-shadow)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    list(APPEND LA_WARNINGS -Wno-subobject-linkage)
  endif()
endif()

# -O3 is no faster here and takes longer to compile.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

# What the program is compiled with.
function(la_flags target)
  la_warnings(${target})
  target_compile_options(${target} PRIVATE -fstack-protector-strong
                                           $<$<CONFIG:Release>:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2>)
endfunction()

function(la_warnings target)
  target_compile_options(${target} PRIVATE ${LA_WARNINGS})
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # False alarms of g++ 12 in coroutine frames and in inlined std::string code (PR 105562, PR 105329).
    target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized -Wno-mismatched-new-delete -Wno-restrict
                                             -Wno-missing-field-initializers)
  else()
    target_compile_options(${target} PRIVATE -Wno-missing-field-initializers)
  endif()
endfunction()

function(la_folder)
  cmake_parse_arguments(arg "ASIO" "" "SOURCES;USES;LIBS" ${ARGN})
  file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  string(REPLACE "/" "_" target ${folder})
  list(TRANSFORM arg_USES REPLACE "/" "_" OUTPUT_VARIABLE targets)
  if(NOT arg_SOURCES)
    list(APPEND arg_SOURCES ${PROJECT_SOURCE_DIR}/cmake/empty.cc)
  endif()
  add_library(${target} STATIC ${arg_SOURCES})
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target} PUBLIC ${targets} la_expected PRIVATE ${arg_LIBS})
  la_flags(${target})
  if(arg_ASIO OR "la_json" IN_LIST arg_LIBS)
    target_link_libraries(${target} PRIVATE la_asio)
    target_precompile_headers(${target} REUSE_FROM la_asio_pch)
  endif()
  list(JOIN arg_USES " " uses)
  file(APPEND ${CMAKE_BINARY_DIR}/layers.txt "${folder}: ${uses}\n")
endfunction()
