/* Paths and folders: thin covers over POSIX that say in words what failed. */
#include "tensor/file/folder.h"
#include "tensor/sort.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

const char *path_absolute(Arena *arena, const char *path, Error *error)
{
	char here[PATH_MAX];
	if (*path == '/')
		return arena_string(arena, path);
	if (!getcwd(here, sizeof here)) {
		error_set(
		        error, "the current folder cannot be found: %s", strerror(errno));
		return NULL;
	}
	while (strncmp(path, "./", 2) == 0)
		path += 2;
	if (!*path || strcmp(path, ".") == 0)
		return arena_string(arena, here);
	return arena_format(arena, "%s/%s", strcmp(here, "/") ? here : "", path);
}

const char *path_folder(Arena *arena, const char *path)
{
	char *folder = arena_string(arena, path);
	char *slash = strrchr(folder, '/');
	if (!slash)
		return ".";
	slash[slash == folder] = '\0';
	return folder;
}

bool path_is_folder(const char *path)
{
	struct stat status;
	return !stat(path, &status) && S_ISDIR(status.st_mode);
}

bool folder_make(const char *path, Error *error)
{
	if (mkdir(path, 0777) && errno != EEXIST)
		return error_set(error, "%s: the folder cannot be made: %s", path,
		        strerror(errno));
	return true;
}

bool path_check_file(const char *path, Error *error)
{
	if (access(path, R_OK))
		return error_set(
		        error, "\"%s\" cannot be opened: %s", path, strerror(errno));
	if (path_is_folder(path))
		return error_set(error, "\"%s\": expected a file, found a folder", path);
	return true;
}

typedef struct List {
	Arena *arena;
	const char **paths;
	int count, capacity;
} List;

static void append(List *list, const char *path)
{
	list->paths = arena_grow(list->arena, list->paths, list->count, &list->capacity,
	        sizeof *list->paths);
	list->paths[list->count++] = path;
}

const char *path_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

bool path_ends_in(const char *path, const char *ending)
{
	size_t length = strlen(path), end = strlen(ending);
	return length > end && !strcasecmp(path + length - end, ending);
}

static bool walk(
        List *list, const char *path, int depth, const char *ending, Error *error)
{
	DIR *folder = opendir(path);
	if (!folder)
		return error_set(error, "%s: the folder cannot be read: %s", path,
		        strerror(errno));
	bool done = true;
	for (struct dirent *entry; done && (entry = readdir(folder));) {
		if (entry->d_name[0] == '.')
			continue;
		const char *name =
		        arena_format(list->arena, "%s/%s", path, entry->d_name);
		if (!path_is_folder(name)) {
			if (path_ends_in(name, ending))
				append(list, name);
		} else if (depth > 0) {
			done = walk(list, name, depth - 1, ending, error);
		}
	}
	closedir(folder);
	return done;
}

bool folder_files(Files *files, Arena *arena, const char *folder, int depth,
        const char *ending, Error *error)
{
	List list = { .arena = arena };
	const char *path = path_absolute(arena, folder, error);
	if (!path || !walk(&list, path, depth, ending, error))
		return false;
	sort_names(list.paths, list.count);
	*files = (Files){ .paths = list.paths, .count = list.count };
	return true;
}
