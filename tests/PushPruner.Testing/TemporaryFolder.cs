namespace PushPruner.Testing;

/// <summary>A folder that is gone when it is disposed of.</summary>
sealed class TemporaryFolder : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pushpruner-");

    public string In(string file) => Path.Combine(folder.FullName, file);

    public void Dispose() => folder.Delete(recursive: true);
}
