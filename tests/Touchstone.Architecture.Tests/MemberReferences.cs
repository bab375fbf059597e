using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Touchstone.Architecture.Tests;

/// <summary>The members of other assemblies that an assembly's code refers to, read from its metadata.</summary>
internal static class MemberReferences
{
    public static IReadOnlyList<string> Of(string path)
    {
        using var stream = File.OpenRead(path);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        var names = new List<string>();
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference) continue;
            var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            var parameters = metadata.GetBlobReader(member.Signature) is var signature && signature.ReadSignatureHeader().Kind == SignatureKind.Method ? signature.ReadCompressedInteger() : -1;
            names.Add($"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}{(parameters == 0 ? "()" : "")}");
        }

        return names;
    }
}
