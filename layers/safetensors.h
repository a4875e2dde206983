/* safetensors.h: a model saved in one file, and loaded from it. The format, which
 * PyTorch's world reads too: tensor/file/safetensors.h. */
#ifndef LAYERS_SAFETENSORS_H
#define LAYERS_SAFETENSORS_H

#include "layers/params.h"
#include "tensor/file/safetensors.h"

/* Writes the values in the order of the list, in `real`'s own type. `metadata` may be
 * NULL. The file is written aside, synced and renamed: the path holds the old file or
 * the whole new one. */
bool safetensors_save(
        const Params *params, const Metadata *metadata, const char *path, Error *error);

/* The same without waiting for the disk (file_unsynced): for a cache. */
bool safetensors_save_unsynced(
        const Params *params, const Metadata *metadata, const char *path, Error *error);

/* Fills every parameter from the tensor of its name; F64, F32, F16 and BF16 become
 * `real`. All or nothing: where a name is missing, unexpected, or has another shape or
 * type, nothing is changed, and the error lists all of them (as far as it has room). A
 * parameter that has no memory yet (params_new_to_load) shares the file's where the
 * numbers stand there as they are needed. */
bool safetensors_load(const SafetensorsFile *file, const Params *params, Error *error);

/* Fails where a number is infinite or NaN, naming the path and the first such parameter;
 * `hint` stands behind it. Models are held to it when they are saved and when loaded. */
bool safetensors_check_finite(
        const Params *params, const char *path, const char *hint, Error *error);

#endif
