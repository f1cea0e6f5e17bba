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

# ccache looks at what the compiler read instead of running the preprocessor as well, and knows
# precompiled headers.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        env CCACHE_DEPEND=1 CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE_PROGRAM})
endif()

# Off where a forgotten include shall show, and where clang reads what GCC was told (./dev check lint).
option(SIMMER_PRECOMPILE "Compile the headers of Qt and the standard library once" OFF)

# simmer_precompiled(NAME LIBRARY HEADERS…): makes them for those that say simmer_precompile().
function(simmer_precompiled name library)
    if(SIMMER_PRECOMPILE)
        file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp "")
        add_library(${name} OBJECT ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
        set_target_properties(${name} PROPERTIES AUTOMOC OFF)
        target_link_libraries(${name} PRIVATE simmer_options ${library})
        target_precompile_headers(${name} PRIVATE ${ARGN})
    endif()
endfunction()

# simmer_precompile(TARGET NAME): its definitions are those of NAME and more, its flags are the same.
function(simmer_precompile target name)
    if(SIMMER_PRECOMPILE)
        target_precompile_headers(${target} REUSE_FROM ${name})
    endif()
endfunction()

include(SimmerPrecompiled)
simmer_precompiled(simmer_precompiled_core Qt6::Core ${SIMMER_CORE_HEADERS})
if(SIMMER_DESKTOP)
    simmer_precompiled(simmer_precompiled_widgets Qt6::Widgets ${SIMMER_WIDGETS_HEADERS})
endif()

# simmer_library(NAME SOURCES … PUBLIC … PRIVATE … [PRECOMPILED simmer_precompiled_…]): a static
# library of ours.
function(simmer_library name)
    cmake_parse_arguments(arg "" "PRECOMPILED" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    if(NOT arg_PRECOMPILED)
        set(arg_PRECOMPILED simmer_precompiled_core)
    endif()
    simmer_precompile(${name} ${arg_PRECOMPILED})
    target_link_libraries(${name} PUBLIC simmer_options ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
endfunction()
