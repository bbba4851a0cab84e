namespace PushPruner.LocalAws;

// Settings of the account, as far as anything here goes by them.
public sealed partial class LocalRegistry
{
    internal GetAccountSettingAnswer Apply(GetAccountSettingCall call) => call.Name switch
    {
        "BLOB_MOUNTING" => new() { Name = call.Name, Value = Options.BlobMounting ? "ENABLED" : "DISABLED" },
        _ => throw EcrError.InvalidParameter("name", "Member must satisfy enum value set: [BLOB_MOUNTING]"),
    };
}
