# SPDX-License-Identifier: GPL-3.0-or-later
# The one place for compiler flags: every target of ours links simmer_options.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_AUTOMOC ON)
set(CMAKE_AUTORCC ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

option(SIMMER_WERROR "Warnings are errors" ON)
set(SIMMER_SANITIZE "" CACHE STRING "Sanitizers to build with, as -fsanitize= takes them")

add_library(simmer_options INTERFACE)
target_include_directories(simmer_options INTERFACE ${PROJECT_SOURCE_DIR}/src)
target_compile_options(simmer_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wconversion
    -Wno-sign-conversion -Wimplicit-fallthrough -Wswitch-enum
    $<$<BOOL:${SIMMER_WERROR}>:-Werror>)
target_compile_definitions(simmer_options INTERFACE
    QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_URL_CAST_FROM_STRING
    SIMMER_VERSION="${PROJECT_VERSION}"
    $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2>)
if(SIMMER_SANITIZE)
    target_compile_options(simmer_options INTERFACE -fsanitize=${SIMMER_SANITIZE} -fno-omit-frame-pointer -g)
    target_link_options(simmer_options INTERFACE -fsanitize=${SIMMER_SANITIZE})
    target_compile_options(simmer_options INTERFACE -U_FORTIFY_SOURCE)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
    set(CMAKE_PCH_INSTANTIATE_TEMPLATES OFF)
endif()

# simmer_library(NAME SOURCES … PUBLIC … PRIVATE …): a static library of ours.
function(simmer_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    target_link_libraries(${name} PUBLIC simmer_options ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
endfunction()
