<?php

/** Keeps each event in a file that is named by its id, so that one that comes twice is known. */
class Inbox
{
    public function __construct(private string $folder)
    {
        if (!is_dir($folder)) {
            mkdir($folder, recursive: true);
        }
    }

    /** Stores an event for good; false when it is there already. */
    public function add(array $event): bool
    {
        $path = $this->path("{$event['id']}.json");
        $draft = tempnam($this->folder, 'draft');
        $file = fopen($draft, 'w');
        fwrite($file, json_encode($event, JSON_THROW_ON_ERROR));
        fsync($file);
        fclose($file);
        $isNew = @link($draft, $path); // Whole or not at all, and only once.
        unlink($draft);
        if (!$isNew && !file_exists($path)) {
            throw new RuntimeException("$path cannot be written");
        }
        return $isNew;
    }

    /** Notes that the work on an event is done. */
    public function finish(array $event): void
    {
        touch($this->path("{$event['id']}.done"));
    }

    /** What is stored and was not worked on yet, the oldest first. */
    public function left(): array
    {
        clearstatcache();
        $paths = array_filter(
            glob("$this->folder/*.json"),
            fn ($path) => !file_exists(str_replace('.json', '.done', $path)),
        );
        usort($paths, fn ($one, $other) => filemtime($one) <=> filemtime($other));
        return array_map(fn ($path) => json_decode(file_get_contents($path), true), $paths);
    }

    private function path(string $name): string
    {
        if (!preg_match('/^[\w-]+\.\w+$/', $name)) {
            throw new RuntimeException("\"$name\" cannot name a file");
        }
        return "$this->folder/$name";
    }
}
