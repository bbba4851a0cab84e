namespace PushPruner.Cli.Report;

/// <summary>Where a page goes: a file that is there only when it is whole, or the standard output.</summary>
sealed class PageFile : IDisposable
{
    const string StandardOutput = "-";

    readonly string given;
    readonly string path;
    readonly string unfinished;

    PageFile(string given, string path, string unfinished)
    {
        this.given = given;
        this.path = path;
        this.unfinished = unfinished;
    }

    public bool IsStandardOutput => path == StandardOutput;

    public static Option<string> CreateOption(string description) => new("--html") { HelpName = "FILE", Description = description };

    /// <summary>Sees that the file can be written before anybody waits for it.</summary>
    /// <exception cref="SettingException">It can't.</exception>
    public static PageFile Open(string path)
    {
        if (path == StandardOutput)
            return new PageFile(path, path, "");
        if (path.Length == 0 || Directory.Exists(path))
            throw new SettingException("--html", path, "a file to write, such as report.html, or - for the standard output");

        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder))
            throw new SettingException("--html", path, $"a file in a folder that is there; {folder} isn't");

        var unfinished = Path.Combine(folder, $".{Path.GetRandomFileName()}.html");
        try
        {
            File.Create(unfinished).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException("--html", path, $"a file that may be written ({e.Message})");
        }

        return new PageFile(path, full, unfinished);
    }

    /// <summary>Tells where it was written, unless that is the standard output.</summary>
    /// <returns>False when it can't be written after all; that is told.</returns>
    public async Task<bool> TrySaveAsync(string page, CliEnvironment environment)
    {
        try
        {
            await SaveAsync(page, environment);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await environment.Error.WriteLineAsync($"The page can't be written: {SafeText.Line(e.Message)}");
            return false;
        }
    }

    public void Dispose()
    {
        if (!IsStandardOutput)
            File.Delete(unfinished);
    }

    async Task SaveAsync(string page, CliEnvironment environment)
    {
        if (IsStandardOutput)
        {
            await environment.Output.WriteAsync(page);
            return;
        }

        await File.WriteAllTextAsync(unfinished, page);
        File.Move(unfinished, path, overwrite: true);
        await environment.Output.WriteLineAsync(
            $"{SafeText.Line(given)}: {Bytes.Shown(new FileInfo(path).Length)}; open it with a browser.");
    }
}
