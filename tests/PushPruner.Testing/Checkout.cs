namespace PushPruner.Testing;

/// <summary>The working copy that the tests were built in.</summary>
public static class Checkout
{
    public static string Root { get; } = FindRoot();

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PushPruner.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException(
            $"no folder above {AppContext.BaseDirectory} holds PushPruner.sln: run the tests where they were built");
    }
}
