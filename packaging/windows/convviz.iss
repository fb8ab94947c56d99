; The installer for Windows, made by Inno Setup 6 from dist\convviz:
;   iscc /DVersion=0.1.0 packaging\windows\convviz.iss
; Not run on the system it was written on, which is Linux; the release workflow is the first to run it.

#ifndef Version
  #error Say which version: iscc /DVersion=0.1.0 convviz.iss
#endif

[Setup]
; Never changed, so that a newer version replaces an older one.
AppId={{6E0E6C5B-9C55-4E0B-8B0B-5E6C1F3A7D21}
AppName=convviz
AppVersion={#Version}
AppPublisher=The convviz authors
DefaultDirName={autopf}\convviz
DefaultGroupName=convviz
DisableProgramGroupPage=yes
; For one user without an administrator, or for all of them with one.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; The oldest that Qt 6 runs on.
MinVersion=10.0.17763
ChangesAssociations=yes
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=convviz-{#Version}-windows-x86_64
Compression=lzma2/max
SolidCompression=yes
LZMAUseSeparateProcess=yes
UninstallDisplayIcon={app}\convviz.exe
WizardStyle=modern

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "ru"; MessagesFile: "compiler:Languages\Russian.isl"

[CustomMessages]
en.Lesson=convviz lesson
ru.Lesson=Урок convviz
en.Session=convviz session
ru.Session=Сеанс convviz
en.Model=Model weights
ru.Model=Веса модели

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; Libraries of an older version must not be found by the new one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\convviz\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\convviz"; Filename: "{app}\convviz.exe"
Name: "{autodesktop}\convviz"; Filename: "{app}\convviz.exe"; Tasks: desktopicon

[Registry]
; Sessions are convviz's own.
Root: HKA; Subkey: "Software\Classes\.convviz"; ValueType: string; ValueData: "convviz.session"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\convviz.session"; ValueType: string; ValueData: "{cm:Session}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\convviz.session\shell\open\command"; ValueType: string; ValueData: """{app}\convviz.exe"" ""%1"""
; Windows looks at what follows the last dot, so a lesson is a .toml file and weights may be another program's:
; convviz is offered for both and for pictures under "Open with", and takes no kind of file for its own.
Root: HKA; Subkey: "Software\Classes\convviz.lesson"; ValueType: string; ValueData: "{cm:Lesson}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\convviz.lesson\shell\open\command"; ValueType: string; ValueData: """{app}\convviz.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.toml\OpenWithProgids"; ValueType: none; ValueName: "convviz.lesson"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\convviz.model"; ValueType: string; ValueData: "{cm:Model}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\convviz.model\shell\open\command"; ValueType: string; ValueData: """{app}\convviz.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.safetensors\OpenWithProgids"; ValueType: none; ValueName: "convviz.model"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Applications\convviz.exe\shell\open\command"; ValueType: string; ValueData: """{app}\convviz.exe"" ""%1"""; Flags: uninsdeletekey
#define Offered(Ext) "Root: HKA; Subkey: ""Software\Classes\Applications\convviz.exe\SupportedTypes""; ValueType: string; ValueName: """ + Ext + """; ValueData: """"; Flags: uninsdeletekey"
#emit Offered(".png")
#emit Offered(".jpg")
#emit Offered(".jpeg")
#emit Offered(".webp")
#emit Offered(".gif")
#emit Offered(".bmp")
#emit Offered(".tif")
#emit Offered(".tiff")
#emit Offered(".avif")
#emit Offered(".heic")
#emit Offered(".npy")

[Run]
Filename: "{app}\convviz.exe"; Description: "{cm:LaunchProgram,convviz}"; Flags: nowait postinstall skipifsilent
